// What comes from other programs: Word, Google Docs and spreadsheets put a lot
// around their text that a note has no use for.

/** Cleans HTML from the clipboard. */
export function cleanPaste(html: string): string {
  const doc = new DOMParser().parseFromString(inert(html.replace(/<!--\[if[^]*?<!\[endif\]-->/g, '').replace(/<\/?o:p[^>]*>/g, '')), 'text/html')
  const body = doc.body
  body.querySelectorAll('style, script, meta, link, title, xml, colgroup, img[src^="file:"], img[src^="data:"], br.Apple-interchange-newline').forEach((e) => e.remove())
  body.querySelectorAll('img').forEach(foreign)
  removeComments(body)
  wordLists(body)
  body.querySelectorAll<HTMLElement>('b, strong, i, em, span, a, td, th, p, div, h1, h2, h3, h4, h5, h6, li').forEach(styles)
  body.querySelectorAll('[id^="docs-internal-guid"]').forEach(unwrap)
  body.querySelectorAll('table').forEach(tables)
  body.querySelectorAll('li > p:only-child').forEach(unwrap)
  body.querySelectorAll('a[name]:not([href]), font').forEach(unwrap)
  collapse(body)
  return body.innerHTML
}

// The page's policy lets no style into a document, not even to be looked at.
const inert = (html: string): string => html.replace(/<style[\s>][^]*?<\/style\s*>/gi, '').replace(/<[a-z][^<>]*\sstyle\s*=[^<>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, ' data-style'))

// A picture on another site is not ours to show, and may be gone tomorrow.
function foreign(img: HTMLImageElement): void {
  const src = img.getAttribute('src') ?? ''
  if (!/^(https?:)?\/\//i.test(src) || new URL(src, location.href).origin === location.origin) return
  const link = img.ownerDocument.createElement('a')
  link.setAttribute('href', src)
  link.textContent = img.alt.trim() || 'Picture'
  img.replaceWith(link)
}

const unwrap = (e: Element): void => e.replaceWith(...e.childNodes)

function removeComments(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (walker.nextNode()) found.push(walker.currentNode)
  found.forEach((n) => (n as ChildNode).remove())
}

// Formatting that stands in a style becomes an element, and the rest is dropped.
function styles(e: HTMLElement): void {
  const style = e.getAttribute('data-style') ?? ''
  const has = (pattern: RegExp): boolean => pattern.test(style)
  const wrap = (tag: string): void => {
    const inner = e.ownerDocument.createElement(tag)
    inner.append(...e.childNodes)
    e.append(inner)
  }
  if (e.tagName === 'SPAN') {
    if (has(/(?:^|;)\s*font-weight:\s*(bold|[6-9]00)/i)) wrap('strong')
    if (has(/(?:^|;)\s*font-style:\s*italic/i)) wrap('em')
    if (has(/text-decoration[^;]*line-through/i)) wrap('s')
    if (has(/vertical-align:\s*super/i)) wrap('sup')
    if (has(/vertical-align:\s*sub/i)) wrap('sub')
  }
  const plain = /^(B|STRONG)$/.test(e.tagName) ? has(/(?:^|;)\s*font-weight:\s*(normal|400)/i) : /^(I|EM)$/.test(e.tagName) && has(/(?:^|;)\s*font-style:\s*normal/i)
  const align = /text-align:\s*(left|right|center)/i.exec(style)?.[1] ?? e.getAttribute('align')
  for (const { name } of [...e.attributes]) if (!['href', 'title', 'colspan', 'rowspan', 'id'].includes(name)) e.removeAttribute(name)
  if (align && /^T[DH]$/.test(e.tagName)) e.setAttribute('data-align', align.toLowerCase())
  if (plain) unwrap(e)
}

// Word writes lists as paragraphs with a level and a bullet that is text.
function wordLists(body: HTMLElement): void {
  const items = [...body.querySelectorAll<HTMLElement>('p[data-style*="mso-list"], p[class*="MsoListParagraph"]')].filter((p) => /mso-list:\s*l\d/i.test(p.getAttribute('data-style') ?? ''))
  let stack: HTMLElement[] = []
  let last: Element | null = null
  for (const p of items) {
    const level = Number(/level(\d+)/i.exec(p.getAttribute('data-style') ?? '')?.[1] ?? 1)
    const marker = [...p.querySelectorAll<HTMLElement>('span[data-style*="mso-list"]')].find((s) => /Ignore/i.test(s.getAttribute('data-style') ?? ''))
    const ordered = /^\s*[\da-z]+[.)]/i.test(marker?.textContent ?? '')
    marker?.remove()
    if (!last || p.previousElementSibling !== last) stack = []
    stack = stack.slice(0, level)
    while (stack.length < level) {
      const list = body.ownerDocument.createElement(ordered ? 'ol' : 'ul')
      const parent = stack.at(-1)
      if (parent) (parent.lastElementChild ?? parent).append(list)
      else p.before(list)
      stack.push(list)
    }
    const li = body.ownerDocument.createElement('li')
    li.append(...p.childNodes)
    stack.at(-1)!.append(li)
    last = stack[0]!
    p.remove()
  }
}

// Markdown has one head row and no cells that span others.
function tables(table: HTMLTableElement): void {
  for (const row of [...table.rows]) {
    for (const cell of [...row.cells]) {
      const span = Math.min(50, cell.colSpan)
      cell.removeAttribute('colspan')
      cell.removeAttribute('rowspan')
      for (let i = 1; i < span; i++) cell.after(table.ownerDocument.createElement(cell.tagName))
    }
  }
  const first = table.rows[0]
  if (!first || first.querySelector('th')) return
  for (const cell of [...first.cells]) {
    const head = table.ownerDocument.createElement('th')
    head.append(...cell.childNodes)
    if (cell.dataset.align) head.dataset.align = cell.dataset.align
    cell.replaceWith(head)
  }
}

// Line ends within paragraphs are spaces.
function collapse(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (!text.parentElement?.closest('pre')) text.data = text.data.replace(/[ \t]*[\r\n]+[ \t]*/g, ' ').replace(/\u00a0+(?= )|(?<= )\u00a0+/g, '')
  }
}

/** Cells of a spreadsheet as text: rows by line, columns by tab. */
export function cellsOf(text: string): string[][] | null {
  const rows = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n').map((row) => row.split('\t').map((c) => c.trim()))
  const width = rows[0]?.length ?? 0
  return width > 1 && rows.every((r) => r.length === width) ? rows : null
}
