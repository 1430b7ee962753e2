// Sends the file of an import, and tells how much of it is through.
import { address } from '../api/client'
import { Problem, Unreachable } from '../api/problem'
import type { ImportOptions, Transfer } from '../api/types'

export const limit = 64 << 20

interface Sent {
  source: string
  file: File
  members?: File | null
  dryRun: boolean
  options: ImportOptions
  onProgress: (part: number) => void
}

// XMLHttpRequest, because fetch does not tell how much was sent.
export function sendImport({ source, file, members, dryRun, options, onProgress }: Sent): Promise<Transfer> {
  const form = new FormData()
  form.set('source', source)
  form.set('file', file)
  if (members) form.set('members', members)
  form.set('dry_run', String(dryRun))
  form.set('options', JSON.stringify(options))
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', address('POST /imports'))
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    request.upload.onprogress = (e) => onProgress(e.lengthComputable ? e.loaded / e.total : 0)
    request.onerror = request.ontimeout = () => fail(new Unreachable())
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) done(request.response as Transfer)
      else if (request.status === 502 || request.status === 504) fail(new Unreachable())
      else fail(new Problem(request.status, (request.response ?? {}) as object))
    }
    request.send(form)
  })
}
