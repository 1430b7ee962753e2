// The plain text of a document, with the place of every letter. Comments are
// tied to it: it is the same for the editor and for the Markdown.
import type { Node } from '@tiptap/pm/model'

/** The text of one block: `places[i]` is the position of the letter i. */
export interface Plain {
  text: string
  places: number[]
}

/** The text of a block that starts at a position of the document. */
export function plainOf(block: Node, start: number): Plain {
  let text = ''
  const places: number[] = []
  const put = (piece: string, at: number): void => {
    for (let i = 0; i < piece.length; i++) places.push(at + (piece.length > 1 ? i : 0))
    text += piece
  }
  const visit = (node: Node, pos: number): void => {
    if (node.isText) put(node.text ?? '', pos)
    else if (node.type.name === 'hardBreak') put('\n', pos)
    else if (node.isTextblock && text !== '') put('\n', pos)
  }
  visit(block, start)
  block.descendants((node, pos) => visit(node, start + 1 + pos))
  return { text, places }
}

/** The texts of all blocks of a document. */
export function plainBlocks(doc: Node): Plain[] {
  const blocks: Plain[] = []
  doc.forEach((block, start) => blocks.push(plainOf(block, start)))
  return blocks
}
