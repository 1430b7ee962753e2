// The text as Markdown, for those who like it plain.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { commonmarkLanguage, markdownKeymap, pasteURLAsLink } from '@codemirror/lang-markdown'
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from '@codemirror/language'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { commentHere, goToComment, showComments, sourceComments, type Talk } from './source-comments'
import type { CommentMark } from './types'

// What the library's own markdown() puts together, without the languages of
// HTML, CSS and JavaScript that it brings for tags in the text.
const language = new LanguageSupport(commonmarkLanguage, [pasteURLAsLink, Prec.high(keymap.of(markdownKeymap))])

const ink = HighlightStyle.define([
  { tag: tags.heading, class: 'ed-src-heading' },
  { tag: tags.strong, class: 'ed-src-strong' },
  { tag: tags.emphasis, class: 'ed-src-em' },
  { tag: [tags.link, tags.url], class: 'ed-src-link' },
  { tag: [tags.monospace, tags.processingInstruction, tags.comment, tags.contentSeparator], class: 'ed-src-dim' },
])

/** What the editor asks of the tab. */
export interface SourceHandle {
  /** Comments on the selection. */
  comment: () => void
  /** Selects a comment's passage. False if it is gone. */
  show: (id: string) => boolean
}

interface Props {
  ref?: Ref<SourceHandle>
  value: string
  onChange: (value: string) => void
  readOnly: boolean
  label: string
  nonce: string
  comments?: CommentMark[]
  activeComment?: string | null
  talk: Talk
}

/** The source tab. Line ends come back as they were. */
export default function SourceTab({ ref, value, onChange, readOnly, label, nonce, comments, activeComment, talk }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const shown = useRef<EditorView | null>(null)
  const change = useRef(onChange)
  change.current = onChange
  useEffect(() => {
    const crlf = value.includes('\r\n')
    const view = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(), search({ top: true }), language, syntaxHighlighting(ink), EditorView.lineWrapping,
          EditorView.cspNonce.of(nonce),
          EditorState.lineSeparator.of(crlf ? '\r\n' : '\n'),
          sourceComments(talk),
          EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', autocapitalize: 'sentences' }),
          // Escape and then Tab leaves the text, so that no key is a trap.
          keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
          EditorView.updateListener.of((u) => u.docChanged && change.current(u.state.sliceDoc())),
        ],
      }),
    })
    shown.current = view
    view.focus()
    return () => view.destroy()
    // The text belongs to this tab until it is left.
  }, [])
  useEffect(() => { if (shown.current) showComments(shown.current, talk) }, [comments, activeComment, talk])
  useImperativeHandle(ref, () => ({
    comment: () => void (shown.current && commentHere(shown.current, talk)),
    show: (id) => shown.current !== null && goToComment(shown.current, id),
  }), [talk])
  return <div className="ed-source" ref={host} />
}
