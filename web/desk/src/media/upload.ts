// Sends pictures to the server, which reads them by their content.
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Picture } from '../api/types.gen'

export const accepted = 'image/jpeg,image/png,image/gif,image/webp'
const limit = 20 << 20

export class TooLarge extends Error {
  override name = 'NotSaved'
}

export async function upload(file: File, alt = '', caption = ''): Promise<Picture> {
  if (file.size > limit) throw new TooLarge(`“${file.name}” is larger than 20 MB.`)
  const form = new FormData()
  form.set('file', file)
  if (alt) form.set('alt', alt)
  if (caption) form.set('caption', caption)
  const picture = await api('POST /pictures', { form })
  void refresh('pictures')
  return picture
}
