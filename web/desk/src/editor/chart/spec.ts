// Writing a chart's spec from what a person fills in, in the grammar of the
// server (package chart): labels on x and one series for each further column.

/** The kinds of chart. */
export const CHART_TYPES = ['bar', 'stacked', 'line'] as const

/** What the form holds. */
export interface ChartForm {
  type: (typeof CHART_TYPES)[number]
  title: string
  unit: string
  source: string
  /** The first row names the series, the first column the labels. */
  cells: string[][]
}

/** Writes the spec. */
export function chartSpec(form: ChartForm): string {
  const [head = [], ...rows] = form.cells
  const lines = [`type: ${form.type}`, `title: ${quoted(form.title)}`]
  if (form.unit.trim()) lines.push(`unit: ${quoted(form.unit)}`)
  if (form.source.trim()) lines.push(`source: ${quoted(form.source)}`)
  lines.push(`x: [${rows.map((r) => quoted(r[0] ?? '')).join(', ')}]`, 'series:')
  head.slice(1).forEach((name, i) => {
    lines.push(`  - {name: ${quoted(name || `Series ${i + 1}`)}, data: [${rows.map((r) => numeral(r[i + 1] ?? '')).join(', ')}]}`)
  })
  return lines.join('\n')
}

const quoted = (text: string): string => JSON.stringify(text.trim().replace(/\s+/g, ' '))

/** A number as cells show it: thousands, signs, percent; a gap if it is none. */
export function numeral(cell: string): string {
  const negative = /^\s*\(.*\)\s*$/.test(cell) || /^[\s$€£]*[-−–]/.test(cell)
  let text = cell.replace(/[^\d.,eE]/g, '')
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) || /^\d+,\d{1,2}$/.test(text)) text = text.replace(/\./g, '').replace(',', '.')
  text = text.replace(/,/g, '')
  if (!/^(\d+\.?\d*|\.\d+)([eE]\d+)?$/.test(text)) return 'null'
  return (negative ? '-' : '') + text
}

/** Reads cells that are separated by tabs, semicolons or commas. */
export function readCells(text: string): string[][] {
  const rows = text.replace(/\r\n?/g, '\n').split('\n').filter((row) => row.trim())
  const by = ['\t', ';', ','].find((c) => rows.some((r) => r.includes(c))) ?? '\t'
  return rows.map((row) => row.split(by).map((cell) => cell.trim()))
}
