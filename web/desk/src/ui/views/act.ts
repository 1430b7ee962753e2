// What can be done with a view.
import { api } from '../../api/client'
import { newID } from '../../api/id'
import { refresh } from '../../api/query'
import type { View } from '../../api/types'
import type { ListName, Look } from './look'

const body = ({ filters, sort, reverse, columns, density }: Look) => ({ filters: Object.fromEntries(Object.entries(filters).filter(([, v]) => v)), sort, reverse, columns, density })

export async function keep(list: ListName, name: string, shared: boolean, look: Look, key = newID()): Promise<View> {
  const view = await api('POST /views', { body: { list, name, shared, ...body(look) }, idempotencyKey: key })
  await refresh('views')
  return view
}

export async function change(view: View, part: { name?: string; shared?: boolean; look?: Look }): Promise<void> {
  const { look, ...rest } = part
  try {
    await api('PATCH /views/{id}', { path: { id: view.id }, ifMatch: view.version, body: { ...rest, ...(look && body(look)) } })
  } finally {
    await refresh('views') // also when it was stale: what is there now is to be seen
  }
}

export async function drop(view: View): Promise<void> {
  await api('DELETE /views/{id}', { path: { id: view.id } })
  await refresh('views')
}

export async function begin(view: View, on: boolean): Promise<void> {
  await api(on ? 'PUT /views/{id}/default' : 'DELETE /views/{id}/default', { path: { id: view.id } })
  await refresh('views')
}
