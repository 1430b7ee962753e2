// Putting the entries of a list in order by dragging them. Buttons do the same
// for keyboards and fingers.
import { type DragEvent, useState } from 'react'

type Side = 'before' | 'after'

interface Drag {
  from: number
  over?: number
  side?: Side
}

/** The properties of an entry that can be dragged; none when the order is fixed. */
export function useDragOrder(onMove: (from: number, to: number) => void, fixed = false) {
  const [drag, setDrag] = useState<Drag>()
  return (index: number) => {
    if (fixed) return {}
    return {
      draggable: true,
      'data-dragged': drag?.from === index || undefined,
      'data-drop': drag && drag.over === index && target(drag) !== drag.from ? drag.side : undefined,
      onDragStart: (e: DragEvent<HTMLElement>) => {
        e.dataTransfer.effectAllowed = 'move'
        e.dataTransfer.setData('text/plain', String(index)) // Firefox drags nothing without data
        setDrag({ from: index })
      },
      onDragOver: (e: DragEvent<HTMLElement>) => {
        if (!drag) return
        e.preventDefault()
        const side = sideOf(e)
        if (drag.over !== index || drag.side !== side) setDrag({ ...drag, over: index, side })
      },
      onDrop: (e: DragEvent<HTMLElement>) => {
        if (!drag) return
        e.preventDefault()
        const to = target({ ...drag, over: index, side: sideOf(e) })
        setDrag(undefined)
        if (to !== drag.from) onMove(drag.from, to)
      },
      onDragEnd: () => setDrag(undefined),
    }
  }
}

function sideOf(e: DragEvent<HTMLElement>): Side {
  const { top, height } = e.currentTarget.getBoundingClientRect()
  return e.clientY < top + height / 2 ? 'before' : 'after'
}

/** The place an entry has once it was dropped. */
export function target({ from, over = from, side = 'before' }: Drag): number {
  const at = side === 'before' ? over : over + 1
  return at > from ? at - 1 : at
}
