// How the blocks look and behave while one writes. Plain elements, so that a
// long note costs no more than its text.
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { CALLOUTS } from '../bridge'
import { jumpFootnote } from '../input/insert'
import { Callout, Chart, FootnoteDef, FootnoteRef, Paywall, RawBlock, RawInline } from '../schema/blocks'
import { button, element, setAttrs } from './dom'

type At = () => number | undefined

/** A callout, with its kind to choose. */
export const CalloutView = Callout.extend({
  addNodeView: () => ({ node, editor, getPos }) => {
    const dom = element('aside', { class: 'ed-callout' })
    const select = element('select', { class: 'ed-callout-kind', 'aria-label': 'Kind of callout', contenteditable: 'false' })
    for (const kind of CALLOUTS) select.append(element('option', { value: kind }, kind[0] + kind.slice(1).toLowerCase()))
    const contentDOM = element('div', { class: 'ed-callout-text' })
    select.addEventListener('change', () => setAttrs(editor, getPos, { kind: select.value }))
    dom.append(select, contentDOM)
    const show = (n: Node): void => {
      select.value = String(n.attrs.kind)
      select.disabled = !editor.isEditable
      dom.dataset.kind = String(n.attrs.kind).toLowerCase()
    }
    show(node)
    return view({ dom, contentDOM, stops: (e) => e.target === select }, node, show)
  },
})

/** The paywall as a line that can be dragged, and moved with Alt Shift and the arrows. */
export const PaywallView = Paywall.extend({
  addNodeView: () => ({ node }) => {
    const dom = element('div', { class: 'ed-paywall', role: 'separator', 'aria-label': 'Paywall: below this line only for those with access. Alt Shift and the arrow keys move it.' })
    dom.append(element('span', {}, 'Paywall · below this line for those with access'))
    return view({ dom }, node, () => undefined)
  },
})

/** Raw Markdown, to edit as text. */
export const RawBlockView = RawBlock.extend({
  addNodeView: () => ({ node }) => {
    const dom = element('div', { class: 'ed-raw' })
    const contentDOM = element('pre', { spellcheck: 'false' })
    dom.append(element('span', { class: 'ed-label', contenteditable: 'false' }, 'Markdown'), contentDOM)
    return view({ dom, contentDOM }, node, () => undefined)
  },
})

/** A piece of HTML in text, to edit on a click. */
export const RawInlineView = RawInline.extend({
  addNodeView: () => ({ node, editor, getPos }) => {
    const dom = element('span', { class: 'ed-raw-inline' })
    const input = element('input', { 'aria-label': 'HTML', spellcheck: 'false' })
    input.addEventListener('change', () => setAttrs(editor, getPos, { html: input.value }))
    dom.append(input)
    const show = (n: Node): void => {
      input.value = String(n.attrs.html)
      input.size = Math.min(40, Math.max(4, input.value.length))
      input.readOnly = !editor.isEditable
    }
    show(node)
    return view({ dom, stops: () => true }, node, show)
  },
})

/** The mark of a footnote: a click goes to its text. */
export const FootnoteRefView = FootnoteRef.extend({
  addNodeView: () => ({ node, editor }) => {
    const dom = element('sup', { class: 'ed-footnote-ref' })
    const show = (n: Node): void => {
      dom.textContent = String(n.attrs.id)
      dom.title = `Footnote ${n.attrs.id}: click to go to its text`
    }
    show(node)
    dom.addEventListener('click', () => jumpFootnote(editor, dom.textContent ?? '', 'footnoteDef'))
    return view({ dom }, node, show)
  },
})

/** The text of a footnote, with the way back to its mark. */
export const FootnoteDefView = FootnoteDef.extend({
  addNodeView: () => ({ node, editor }) => {
    const dom = element('div', { class: 'ed-footnote', role: 'group' })
    const back = button('', () => jumpFootnote(editor, String(back.dataset.id), 'footnoteRef'), 'ed-footnote-back')
    const contentDOM = element('div', {})
    dom.append(back, contentDOM)
    const show = (n: Node): void => {
      back.dataset.id = back.textContent = String(n.attrs.id)
      back.setAttribute('aria-label', `Back to the mark of footnote ${n.attrs.id}`)
      dom.setAttribute('aria-label', `Footnote ${n.attrs.id}`)
    }
    show(node)
    return view({ dom, contentDOM, stops: (e) => e.target === back }, node, show)
  },
})

/** What the chart's view needs from the screen. */
export interface ChartHost {
  render: (source: string, signal: AbortSignal) => Promise<string>
  edit: (pos: number, source: string) => void
}

/** A chart as the server draws it, with a button to change it. */
export const chartView = (host: () => ChartHost | null) =>
  Chart.extend({
    addNodeView: () => ({ node, editor, getPos }) => {
      const dom = element('figure', { class: 'ed-chart', 'aria-label': 'Chart' })
      const picture = element('div', { class: 'ed-chart-picture' })
      const edit = button('Edit chart', () => open(getPos, current), 'ed-chart-edit')
      const open = (at: At, n: Node): void => host()?.edit(at() ?? 0, String(n.attrs.source))
      let current = node
      let drawn: string | null = null
      let abort: AbortController | undefined
      dom.append(picture, edit)
      const show = (n: Node): void => {
        current = n
        edit.hidden = !editor.isEditable
        if (n.attrs.source === drawn) return
        drawn = String(n.attrs.source)
        abort?.abort()
        abort = new AbortController()
        void draw(host(), drawn, picture, abort.signal)
      }
      show(node)
      dom.addEventListener('dblclick', () => editor.isEditable && open(getPos, current))
      return { ...view({ dom, stops: (e) => e.target === edit }, node, show), destroy: () => abort?.abort() }
    },
    addKeyboardShortcuts() {
      return {
        Enter: () => {
          const { selection, doc } = this.editor.state
          const node = doc.nodeAt(selection.from)
          if (node?.type.name !== 'chart' || selection.empty) return false
          host()?.edit(selection.from, String(node.attrs.source))
          return true
        },
      }
    },
  })

/** Draws a chart into an element, or says what is wrong with it. */
export async function draw(host: Pick<ChartHost, 'render'> | null, source: string, into: HTMLElement, signal: AbortSignal): Promise<void> {
  const plain = (): void => into.replaceChildren(element('pre', {}, source))
  if (!host) return plain()
  try {
    const html = await host.render(source, signal)
    if (!signal.aborted) into.innerHTML = html
  } catch (error) {
    if (signal.aborted) return
    plain()
    into.prepend(element('p', { class: 'ed-wrong', role: 'status' }, error instanceof Error ? error.message : 'The chart cannot be drawn.'))
  }
}

interface Parts {
  dom: HTMLElement
  contentDOM?: HTMLElement
  stops?: (event: Event) => boolean
}

// A view that stays while its node keeps its type.
function view({ dom, contentDOM, stops }: Parts, node: Node, show: (n: Node) => void): NodeView {
  return {
    dom,
    ...(contentDOM && { contentDOM }),
    update: (n) => {
      if (n.type !== node.type) return false
      show(n)
      return true
    },
    stopEvent: (event) => stops?.(event) ?? false,
    ignoreMutation: (m) => m.type !== 'selection' && !(contentDOM?.contains(m.target) ?? false),
    selectNode: () => dom.classList.add('ed-selected'),
    deselectNode: () => dom.classList.remove('ed-selected'),
  }
}

export type { Editor }
