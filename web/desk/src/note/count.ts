// Words and minutes of a text in Markdown, as readers will count them.
const perMinute = 220

/** The words of a text, without fences, comments, addresses and marks. */
export function words(markdown: string): number {
  const text = markdown
    .replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, ' $1 ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/^\s*\|?[\s:|-]+\|?\s*$/gm, ' ')
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'.,%-]*/gu)?.length ?? 0
}

export const minutes = (count: number): number => (count === 0 ? 0 : Math.max(1, Math.round(count / perMinute)))
