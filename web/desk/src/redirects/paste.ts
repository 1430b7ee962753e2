// Reads many redirects from pasted lines: from, to, and "temporary" or not.

export interface Line { row: number; from: string; to: string; permanent: boolean; wrong?: string }

/** At once: each is asked about one by one. */
export const most = 500

const temporary = new Set(['temporary', '302', 'false', 'no', '307'])
const permanent = new Set(['', 'permanent', '301', 'true', 'yes', '308'])

/** Splits a line as spreadsheets write it: tab, semicolon or comma, with quotes. */
export function cells(line: string): string[] {
  const mark = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
  const out: string[] = []
  let cell = '', quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (quoted && c === '"' && line[i + 1] === '"') [cell, i] = [cell + '"', i + 1]
    else if (c === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (c === mark && !quoted) {
      out.push(cell.trim())
      cell = ''
    } else cell += c
  }
  return [...out, cell.trim()]
}

/** Lines without anything are left out, and so is a heading in the first. */
export function read(text: string): Line[] {
  return text.split(/\r?\n/).flatMap((line, i): Line[] => {
    if (!line.trim()) return []
    const [from = '', to = '', kind = ''] = cells(line)
    if (i === 0 && /^(from|old|source)\b/i.test(from)) return []
    const word = kind.toLowerCase()
    const wrong = !from.startsWith('/') && !from.startsWith('http') ? 'The first column is a path that begins with a stroke.'
      : !to ? 'The second column is where it leads.'
        : !temporary.has(word) && !permanent.has(word) ? 'The third column is permanent or temporary.' : undefined
    return [{ row: i + 1, from, to, permanent: !temporary.has(word), wrong }]
  })
}
