// The filters of the list and its order; the address carries them.
import { Group, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useApi } from '../api/query'
import type { NotesSearch } from '../app/router'
import { gateWords, kindWords, statusWords } from './status'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const refs = (list: { slug: string; name: string }[] = []) => list.map(({ slug, name }) => ({ value: slug, label: name }))

export function Filters({ search, onSet }: { search: NotesSearch; onSet: (part: NotesSearch) => void }) {
  const { data } = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const choices: { field: keyof NotesSearch; label: string; any: string; data: { value: string; label: string }[] }[] = [
    { field: 'status', label: 'Status', any: 'Any status', data: options(statusWords) },
    { field: 'kind', label: 'Kind', any: 'Any kind', data: options(kindWords) },
    { field: 'gate', label: 'Gate', any: 'Any gate', data: options(gateWords) },
    { field: 'series', label: 'Series', any: 'Any series', data: refs(data?.series) },
    { field: 'topic', label: 'Topic', any: 'Any topic', data: refs(data?.topics) },
    { field: 'author', label: 'Author', any: 'Any author', data: refs(data?.authors) },
    { field: 'sort', label: 'Order', any: 'Last changed first', data: options({ published: 'Last published first', title: 'By title' }) },
  ]
  const wide = useMediaQuery('(min-width: 48em)', true)
  const chosen = choices.filter((c) => search[c.field]).length
  const fields = (
    <Group gap="sm" mb="md" role="group" aria-label="Filters">
      {choices.map((c) => (
        <Select key={c.field} aria-label={c.label} placeholder={c.any} clearable clearButtonProps={{ 'aria-label': c.any }} searchable={c.data.length > 8} w={165}
          data={c.data} value={search[c.field] ?? null} onChange={(v) => onSet({ [c.field]: v ?? '' })} />
      ))}
    </Group>
  )
  // On a phone they would stand before the first note.
  if (wide) return fields
  return (
    <details className="fold">
      <summary>Filters and order{chosen > 0 && ` (${chosen})`}</summary>
      {fields}
    </details>
  )
}
