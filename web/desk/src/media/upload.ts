// Sends pictures to the server, which reads them by their content, and tells
// how far a file has come.
import { address } from '../api/client'
import { Problem, Unreachable } from '../api/problem'
import { refresh } from '../api/query'
import type { Picture } from '../api/types'

export const accepted = 'image/jpeg,image/png,image/gif,image/webp'
const limit = 20 << 20

/** A file that is not even sent, and why. */
export class NotSent extends Error {
  override name = 'NotSaved'
}

export interface UploadOptions {
  folder?: string
  /** From 0 to 1; 1 when the server has it all and reads it. */
  onProgress?: (part: number) => void
}

function check(file: File) {
  if (file.size > limit) throw new NotSent(`“${file.name}” is larger than 20 MB.`)
  if (file.size === 0) throw new NotSent(`“${file.name}” is empty.`)
  if (/\.(pdf|xlsx|csv)$/i.test(file.name)) throw new NotSent(`“${file.name}” belongs to a note: open the note and attach it under Files.`)
}

/** Gives the library another picture. */
export async function upload(file: File, alt = '', caption = '', options: UploadOptions = {}): Promise<Picture> {
  check(file)
  const form = new FormData()
  form.set('file', file)
  if (alt) form.set('alt', alt)
  if (caption) form.set('caption', caption)
  if (options.folder) form.set('folder', options.folder)
  return send('POST', address('POST /pictures'), form, options)
}

/** Gives a picture another file. */
export async function replaceFile(id: string, file: File, options: UploadOptions = {}): Promise<Picture> {
  check(file)
  const form = new FormData()
  form.set('file', file)
  return send('PUT', address('PUT /pictures/{id}/file', { id }), form, options)
}

// XMLHttpRequest, because fetch does not tell how much was sent.
function send(method: string, url: string, form: FormData, { onProgress }: UploadOptions): Promise<Picture> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    request.upload.onprogress = (e) => onProgress?.(e.lengthComputable ? e.loaded / e.total : 0)
    request.onerror = request.ontimeout = () => fail(new Unreachable())
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        void refresh('pictures', 'media', 'media-folders')
        done(request.response as Picture)
      } else if (request.status === 502 || request.status === 504) fail(new Unreachable())
      else fail(new Problem(request.status, (request.response ?? {}) as object))
    }
    request.send(form)
  })
}
