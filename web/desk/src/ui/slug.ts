/** The address a title or a name suggests, much as the server makes it. */
export const slugify = (title: string, most = 96): string =>
  title.toLowerCase().replaceAll('&', ' and ').replace(/['’]/g, '').replaceAll('ß', 'ss').normalize('NFKD')
    .replace(/\p{Mn}/gu, '').replace(/[^a-z0-9]+/g, '-').slice(0, most).replace(/^-+|-+$/g, '')
