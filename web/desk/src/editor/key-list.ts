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
  { keys: 'Ctrl Alt ↓', does: 'In a table: row below' },
  { keys: 'Ctrl Alt →', does: 'In a table: column after' },
]
