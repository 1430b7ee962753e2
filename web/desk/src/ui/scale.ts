// Round steps for an axis that always holds zero, so that bars start there.

/** Ticks from at most the least to at least the greatest value, zero among them. */
export function ticks(least: number, greatest: number, about = 5): number[] {
  const low = Math.min(0, least), high = Math.max(0, greatest)
  if (low === high) return [0, 1]
  const rough = (high - low) / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough) ?? 10) * power)
  const from = Math.floor(low / step), to = Math.ceil(high / step)
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step)
}

export interface Series { name: string; values: number[]; tone: string }
export interface Piece { name: string; tone: string; from: number; to: number; value: number }

/** The pieces of one stacked bar: what is above zero upwards, what is below downwards. */
export function stack(series: Series[], at: number): Piece[] {
  let up = 0, down = 0
  return series.flatMap(({ name, tone, values }) => {
    const value = values[at] ?? 0
    if (value === 0) return []
    const from = value > 0 ? up : down
    if (value > 0) up += value
    else down += value
    return [{ name, tone, from, to: from + value, value }]
  })
}

/** The least and the greatest end of all stacked bars. */
export function reach(series: Series[], count: number): [number, number] {
  const ends = Array.from({ length: count }, (_, i) => stack(series, i).map((p) => p.to)).flat()
  return [Math.min(0, ...ends), Math.max(0, ...ends)]
}
