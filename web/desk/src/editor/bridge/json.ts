// The shape in which ProseMirror documents travel as plain data. The bridge
// works on it so that it needs neither a browser nor an editor.

/** One attribute value. */
export type Value = string | number | boolean | null | undefined

/** A mark on a run of text. */
export interface MarkJSON {
  type: string
  attrs?: Record<string, Value>
}

/** A node of the document, text included. */
export interface NodeJSON {
  type: string
  attrs?: Record<string, Value>
  content?: NodeJSON[]
  marks?: MarkJSON[]
  text?: string
}

/** All text below a node, as it stands. */
export function textOf(node: NodeJSON): string {
  if (node.text !== undefined) return node.text
  return (node.content ?? []).map(textOf).join('')
}

/** Tells whether two marks are the same, attributes included. */
export function sameMark(a: MarkJSON, b: MarkJSON): boolean {
  if (a.type !== b.type) return false
  const keys = new Set([...Object.keys(a.attrs ?? {}), ...Object.keys(b.attrs ?? {})])
  for (const key of keys) if ((a.attrs?.[key] ?? null) !== (b.attrs?.[key] ?? null)) return false
  return true
}

/** Adds a node to a run of inline content, joining equal text. */
export function append(run: NodeJSON[], node: NodeJSON): void {
  const last = run.at(-1)
  const marks = node.marks ?? []
  const joins =
    node.text !== undefined &&
    last?.text !== undefined &&
    (last.marks ?? []).length === marks.length &&
    marks.every((m) => last.marks?.some((o) => sameMark(o, m)))
  if (joins) last.text = (last.text ?? '') + node.text
  else if (node.text !== '') run.push({ ...node })
}
