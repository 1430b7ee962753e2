// Marks that notes have beside the usual ones.
import { Mark, mergeAttributes } from '@tiptap/core'
import Link from '@tiptap/extension-link'

/** Text set lower, as in H₂O. */
export const Subscript = Mark.create({
  name: 'subscript',
  excludes: 'superscript',
  parseHTML: () => [{ tag: 'sub' }],
  renderHTML: () => ['sub', 0],
  addKeyboardShortcuts() {
    return { 'Mod-,': () => this.editor.commands.toggleMark(this.name) }
  },
})

/** Text set higher, as in m². */
export const Superscript = Mark.create({
  name: 'superscript',
  excludes: 'subscript',
  parseHTML: () => [{ tag: 'sup:not([data-footnote])' }],
  renderHTML: () => ['sup', 0],
  addKeyboardShortcuts() {
    return { 'Mod-.': () => this.editor.commands.toggleMark(this.name) }
  },
})

/** The few other tags that notes may use within text. */
export const Tag = Mark.create({
  name: 'tag',
  excludes: '',
  addAttributes: () => ({
    name: { default: 'mark', rendered: false },
    rest: { default: null, rendered: false },
  }),
  parseHTML: () => ['kbd', 'mark', 'small', 'ins', 'abbr'].map((tag) => ({ tag, getAttrs: () => ({ name: tag }) })),
  renderHTML: ({ mark }) => [mark.attrs.name as string, 0],
})

const address = (name: string) => ({
  default: null,
  parseHTML: (e: HTMLElement) => e.getAttribute(name),
})

/** A link with an address and a title, and nothing that Markdown cannot hold. */
export const NoteLink = Link.extend({
  inclusive: false,
  addAttributes: () => ({ href: address('href'), title: address('title') }),
  renderHTML({ HTMLAttributes }) {
    const safe = this.options.isAllowedUri(HTMLAttributes.href, {
      defaultValidate: defaultValidate,
      protocols: this.options.protocols,
      defaultProtocol: this.options.defaultProtocol,
    })
    return ['a', mergeAttributes(HTMLAttributes, { href: safe ? HTMLAttributes.href : '', rel: 'noopener noreferrer' }), 0]
  },
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  defaultProtocol: 'https',
  isAllowedUri: (url) => defaultValidate(url),
})

/** Addresses that readers may follow: the web, mail and this site. */
export function defaultValidate(url: string): boolean {
  const scheme = /^[\s\u0000-\u001f]*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  return scheme === undefined || ['http', 'https', 'mailto'].includes(scheme)
}
