// The point of a picture that no crop may lose: set by a click or by the arrow
// keys, with what covers and cards then keep beside it.
import { Text } from '@mantine/core'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { Focus, Picture } from '../api/types'

const within = (n: number) => Math.max(0, Math.min(100, Math.round(n)))
const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Where the focus goes with a key; undefined when the key means nothing. */
export function moveFocus(f: Focus, key: string, far: boolean): Focus | undefined {
  const step = steps[key]
  if (!step) return undefined
  const by = far ? 10 : 2
  return { x: within(f.x + step[0] * by), y: within(f.y + step[1] * by) }
}

export function FocusPoint({ picture, focus, onChange }: { picture: Picture; focus: Focus; onChange?: (f: Focus) => void }) {
  const style = { objectPosition: `${focus.x}% ${focus.y}%` }
  function click(e: MouseEvent<HTMLButtonElement>) {
    if (e.detail === 0) return // pressed by a key: there is no point under it
    const box = e.currentTarget.getBoundingClientRect()
    onChange?.({ x: within((100 * (e.clientX - box.left)) / box.width), y: within((100 * (e.clientY - box.top)) / box.height) })
  }
  function key(e: KeyboardEvent) {
    const next = moveFocus(focus, e.key, e.shiftKey)
    if (!next) return
    e.preventDefault()
    onChange?.(next)
  }
  const image = <img src={picture.src} srcSet={picture.srcset} sizes="(min-width: 48em) 26rem, 90vw" alt={picture.alt} width={picture.width} height={picture.height} />
  return (
    <div className="focus">
      {onChange ? (
        <button type="button" className="focus-picture" aria-label="Focus" aria-describedby="focus-says" onClick={click} onKeyDown={key}>
          {image}<span className="focus-mark" style={{ left: `${focus.x}%`, top: `${focus.y}%` }} />
        </button>
      ) : <div className="focus-picture">{image}</div>}
      {onChange && <Text size="xs" c="dimmed" id="focus-says">Click what no crop may lose, or move it with the arrow keys; with Shift in large steps. <span role="status">Focus {focus.x} % from the left, {focus.y} % from the top.</span></Text>}
      <div className="crops" aria-hidden="true">
        {[['3 / 4', 'Cover'], ['1200 / 630', 'Card'], ['1', 'Square']].map(([ratio, name]) => (
          <figure key={name}><img src={picture.src} srcSet={picture.srcset} sizes="8rem" alt="" style={{ ...style, aspectRatio: ratio }} /><figcaption>{name}</figcaption></figure>
        ))}
      </div>
    </div>
  )
}
