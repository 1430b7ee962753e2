// The schema of a note's body: what a document may hold. It has no look and no
// keys beyond the basic ones; the editor adds these.
import { Extension, type Extensions, getSchema } from '@tiptap/core'
import Blockquote from '@tiptap/extension-blockquote'
import Bold from '@tiptap/extension-bold'
import Code from '@tiptap/extension-code'
import CodeBlock from '@tiptap/extension-code-block'
import Document from '@tiptap/extension-document'
import HardBreak from '@tiptap/extension-hard-break'
import Heading from '@tiptap/extension-heading'
import HorizontalRule from '@tiptap/extension-horizontal-rule'
import Image from '@tiptap/extension-image'
import Italic from '@tiptap/extension-italic'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import Paragraph from '@tiptap/extension-paragraph'
import Strike from '@tiptap/extension-strike'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import Text from '@tiptap/extension-text'
import type { Schema } from '@tiptap/pm/model'
import { Callout, Chart, FootnoteDef, FootnoteRef, hidden, Paywall, RawBlock, RawInline } from './blocks'
import { NoteLink, Subscript, Superscript, Tag } from './marks'

/** Every block that can stand at the top of a document. */
export const TOP_BLOCKS = [
  'paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList', 'codeBlock', 'horizontalRule', 'table',
  'callout', 'chart', 'paywall', 'rawBlock', 'footnoteDef',
]

// Where a block came from. The bridge keeps it; nothing else looks at it.
const Source = Extension.create({
  name: 'source',
  addGlobalAttributes: () => [
    { types: TOP_BLOCKS, attributes: { src: hidden(), gap: hidden() } },
    { types: ['bulletList', 'orderedList'], attributes: { loose: hidden(false) } },
    { types: ['codeBlock'], attributes: { meta: hidden() } },
  ],
})

const NoteItem = ListItem.extend({
  addAttributes: () => ({
    checked: {
      default: null,
      keepOnSplit: true,
      parseHTML: (e) => (e.hasAttribute('data-checked') ? e.getAttribute('data-checked') === 'true' : null),
      renderHTML: (a) => (a.checked === null ? {} : { 'data-checked': String(a.checked) }),
    },
  }),
})

const align = {
  default: null,
  parseHTML: (e: HTMLElement) => e.getAttribute('data-align') ?? (/^(left|right|center)$/.exec(e.style.textAlign || e.getAttribute('align') || '')?.[0] || null),
  renderHTML: (a: Record<string, unknown>) => (a.align ? { 'data-align': a.align } : {}),
}

const span = (name: string) => ({ default: 1, parseHTML: (e: HTMLElement) => Number(e.getAttribute(name)) || 1, rendered: false })
const cell = { colspan: span('colspan'), rowspan: span('rowspan'), colwidth: hidden(), align }

const NoteTable = Table.extend({
  renderHTML: () => ['div', { class: 'table-wrap' }, ['table', ['tbody', 0]]],
  addNodeView: () => null as never,
}).configure({ resizable: false, allowTableNodeSelection: true })

/** The schema's parts, without undo, menus and views. */
export const schemaExtensions: Extensions = [
  Document.extend({ content: '(block | top)+' }), Paragraph, Text, Heading, HardBreak, HorizontalRule, Blockquote, CodeBlock,
  BulletList, OrderedList, NoteItem, ListKeymap,
  NoteTable, TableRow,
  TableHeader.extend({ content: 'paragraph', addAttributes: () => cell }),
  TableCell.extend({ content: 'paragraph', addAttributes: () => cell }),
  Image.extend({ addAttributes: () => ({ src: { default: '' }, alt: { default: '' }, title: { default: null } }) }).configure({ inline: true, allowBase64: false }),
  Bold, Italic, Strike, Code.extend({ excludes: '' }), NoteLink, Subscript, Superscript, Tag,
  Callout, Chart, Paywall, RawBlock, RawInline, FootnoteRef, FootnoteDef, Source,
]

/** The schema by itself, for tests and for work without an editor. */
export const noteSchema = (): Schema => getSchema(schemaExtensions)
