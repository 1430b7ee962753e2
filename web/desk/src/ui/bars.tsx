// Bars by day or month, stacked, from a zero line. The table beneath says the same.
import { useElementSize } from '@mantine/hooks'
import './figures.css'
import { reach, stack, ticks, type Series } from './scale'

interface Props {
  title: string
  labels: string[]
  short: string[]
  series: Series[]
  value: (n: number) => string
  axis: (n: number) => string
}

const height = 240, top = 10, bottom = 24

export function Bars({ title, labels, short, series, value, axis }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [low, high] = reach(series, labels.length)
  const marks = ticks(low, high)
  const first = marks[0] ?? 0, last = marks[marks.length - 1] ?? 1
  const left = 12 + 7 * Math.max(...marks.map((m) => axis(m).length))
  const inner = Math.max(width - left - 4, 10)
  const y = (n: number) => top + ((last - n) / (last - first)) * (height - top - bottom)
  const slot = inner / labels.length
  const thick = Math.min(Math.max(slot * 0.62, 3), 46)
  // As many month names as fit beside each other.
  const every = Math.ceil(52 / slot)
  return (
    <figure className="bars">
      <figcaption>{title}</figcaption>
      {series.length > 1 && <ul className="bars-legend">{series.map((s) => <li key={s.name}><i data-tone={s.tone} aria-hidden />{s.name}</li>)}</ul>}
      <div ref={ref} style={{ height }}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={`${title}. The same numbers stand in the table below.`}>
            {marks.map((m) => (
              <g key={m}>
                <line x1={left} x2={width} y1={y(m)} y2={y(m)} className={m === 0 ? 'bars-zero' : 'bars-line'} />
                <text x={left - 6} y={y(m)} dy=".32em" textAnchor="end">{axis(m)}</text>
              </g>
            ))}
            {labels.map((label, i) => (
              <g key={label}>
                {stack(series, i).map((p) => (
                  <rect key={p.name} data-tone={p.tone} x={left + slot * (i + 0.5) - thick / 2} width={thick} y={y(Math.max(p.from, p.to))} height={Math.max(Math.abs(y(p.from) - y(p.to)), 1)}>
                    <title>{`${label}, ${p.name}: ${value(p.value)}`}</title>
                  </rect>
                ))}
                {(labels.length - 1 - i) % every === 0 && <text x={left + slot * (i + 0.5)} y={height - 6} textAnchor="middle">{short[i]}</text>}
              </g>
            ))}
          </svg>
        )}
      </div>
    </figure>
  )
}
