// Makes an empty note and opens it.
import type { UseNavigateResult } from '@tanstack/react-router'
import { api } from '../api/client'
import { newID } from '../api/id'
import { refresh } from '../api/query'
import { failed } from '../ui/toast'

let making = false

export async function newNote(navigate: UseNavigateResult<string>): Promise<void> {
  if (making) return
  making = true
  try {
    const note = await api('POST /notes', { body: { title: 'Untitled', slug: 'untitled-' + newID().slice(0, 8) }, idempotencyKey: newID() })
    void refresh('notes')
    await navigate({ to: '/notes/$id', params: { id: note.id } })
  } catch (error) {
    failed(error, 'The note was not made')
  } finally {
    making = false
  }
}
