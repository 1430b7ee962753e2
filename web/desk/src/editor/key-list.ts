// The keys of the editor, in words.

/** The keys, for the list that the desk shows. */
export const EDITOR_KEYS = [
  { keys: '/', does: 'Insert: headings, table, chart, picture, paywall …' },
  { keys: 'Ctrl B', does: 'Bold' },
  { keys: 'Ctrl I', does: 'Italic' },
  { keys: 'Ctrl E', does: 'Code' },
  { keys: 'Ctrl Shift L', does: 'Link' },
  { keys: 'Ctrl Alt M', does: 'Comment on the selection' },
  { keys: 'Ctrl Alt Enter', does: 'To the comment on this passage' },
  { keys: 'Ctrl Alt F', does: 'Footnote; in its text: back to the mark' },
  { keys: 'Alt Shift ↑', does: 'Move the block up' },
  { keys: 'Alt Shift ↓', does: 'Move the block down' },
  { keys: 'Alt F10', does: 'To the tools, those beside a selection first' },
  { keys: 'Ctrl Z', does: 'Undo' },
  { keys: 'Ctrl Shift Z', does: 'Redo' },
  { keys: 'Tab', does: 'In a list or a table: further in, or the next cell; on a picture: its caption' },
  { keys: 'Ctrl Alt ↓', does: 'In a table: row below' },
  { keys: 'Ctrl Alt ↑', does: 'In a table: row above' },
  { keys: 'Ctrl Alt →', does: 'In a table: column after' },
  { keys: 'Ctrl Alt ←', does: 'In a table: column before' },
  { keys: 'Ctrl Alt Backspace', does: 'In a table: remove the row' },
  { keys: 'Ctrl Alt Delete', does: 'In a table: remove the column' },
]
