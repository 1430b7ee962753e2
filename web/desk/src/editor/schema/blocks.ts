// The blocks that only notes have. Each is plain: what it looks like while one
// writes is added by the editor, which the bridge does not need.
import { Node } from '@tiptap/core'

/** An attribute that is kept in the document but never shown or copied. */
export const hidden = (value: unknown = null) => ({ default: value, rendered: false, keepOnSplit: false })

/** `> [!NOTE]`: a quote with a kind. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    kind: { default: 'NOTE', parseHTML: (e) => e.getAttribute('data-callout'), renderHTML: (a) => ({ 'data-callout': a.kind }) },
  }),
  parseHTML: () => [{ tag: 'aside[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', HTMLAttributes, 0],
})

/** A fence named chart, drawn by the server. */
export const Chart = Node.create({
  name: 'chart',
  group: 'block',
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes: () => ({
    source: { default: '', parseHTML: (e) => e.getAttribute('data-chart'), renderHTML: (a) => ({ 'data-chart': a.source }) },
    meta: hidden(),
  }),
  parseHTML: () => [{ tag: 'figure[data-chart]' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes],
})

/** The line below which a note is for those who may read it; at the top level alone. */
export const Paywall = Node.create({
  name: 'paywall',
  group: 'top',
  atom: true,
  selectable: true,
  draggable: true,
  parseHTML: () => [{ tag: 'div[data-paywall]' }],
  renderHTML: () => ['div', { 'data-paywall': '' }],
})

/** Markdown that the editor has no form for, kept as it was written. */
export const RawBlock = Node.create({
  name: 'rawBlock',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  parseHTML: () => [{ tag: 'pre[data-raw]', preserveWhitespace: 'full' }],
  renderHTML: () => ['pre', { 'data-raw': '' }, 0],
})

/** A piece of HTML within text, such as a comment to other editors. */
export const RawInline = Node.create({
  name: 'rawInline',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    html: { default: '', parseHTML: (e) => e.getAttribute('data-raw-inline'), renderHTML: (a) => ({ 'data-raw-inline': a.html }) },
  }),
  parseHTML: () => [{ tag: 'code[data-raw-inline]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['code', HTMLAttributes, node.attrs.html],
})

const noteLabel = (attribute: string) => ({
  id: {
    default: '1',
    parseHTML: (e: HTMLElement) => e.getAttribute(attribute),
    renderHTML: (a: Record<string, unknown>) => ({ [attribute]: a.id }),
  },
})

/** The mark of a footnote within text. */
export const FootnoteRef = Node.create({
  name: 'footnoteRef',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => noteLabel('data-footnote'),
  parseHTML: () => [{ tag: 'sup[data-footnote]', priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ['sup', HTMLAttributes, node.attrs.id],
})

/** The text of a footnote. */
export const FootnoteDef = Node.create({
  name: 'footnoteDef',
  group: 'block',
  content: 'block+',
  defining: true,
  isolating: true,
  addAttributes: () => noteLabel('data-footnote-text'),
  parseHTML: () => [{ tag: 'div[data-footnote-text]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0],
})
