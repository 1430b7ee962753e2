// The whole of what this example needs of a framework: text is escaped unless it
// is markup already.

export class Markup {
  constructor(readonly text: string) {}
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function written(value: unknown): string {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return value.map(written).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (c) => escapes[c]!)
}

/** Markup with values in it. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + written(values[i - 1]) + part))
}

/** What the server has rendered; it lets no script through. Its addresses are made whole. */
export function rendered(text: string, server: string): Markup {
  const box = document.createElement('template')
  box.innerHTML = text
  for (const e of box.content.querySelectorAll('img[src^="/"]')) e.setAttribute('src', server + e.getAttribute('src'))
  return new Markup(box.innerHTML)
}

export const day = (iso: string): string => new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

export const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: amount % 100 ? 2 : 0 }).format(amount / 100)
