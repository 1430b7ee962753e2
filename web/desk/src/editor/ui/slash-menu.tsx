// The list that a slash opens. The text keeps the focus; the list follows it.
import type { Editor } from '@tiptap/core'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Slash } from '../input/slash'
import type { Store } from './store'

/** The slash menu. */
export function SlashMenu({ store, editor, id }: { store: Store<Slash | null>; editor: Editor; id: string }) {
  const open = store.use()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const dom = editor.view.dom
    if (!open) return
    dom.setAttribute('aria-controls', id)
    dom.setAttribute('aria-activedescendant', `${id}-${open.items[open.index]?.id}`)
    return () => (dom.removeAttribute('aria-controls'), dom.removeAttribute('aria-activedescendant'))
  }, [open, editor, id])
  useLayoutEffect(() => {
    const box = list.current
    if (!box || !open?.rect) return
    const below = open.rect.bottom + 6 + box.offsetHeight < innerHeight
    box.style.top = `${Math.max(8, below ? open.rect.bottom + 6 : open.rect.top - 6 - box.offsetHeight)}px`
    box.style.left = `${Math.max(8, Math.min(open.rect.left, innerWidth - box.offsetWidth - 8))}px`
    box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [open])
  if (!open) return null
  return (
    <ul className="ed-slash" role="listbox" aria-label="Insert" id={id} ref={list} tabIndex={0} onMouseDown={(e) => e.preventDefault()}>
      {open.items.map((item, i) => (
        <li key={item.id} id={`${id}-${item.id}`} role="option" aria-selected={i === open.index} onClick={() => open.choose(item)} onMouseMove={() => i !== open.index && store.set({ ...open, index: i })}>
          <span>{item.label}</span><span className="ed-hint">{item.hint}</span>
        </li>
      ))}
    </ul>
  )
}
