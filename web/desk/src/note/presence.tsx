// Who else has the note open. One small request every twenty seconds while the
// window can be seen; none while it is hidden.
import { Avatar, Text, Tooltip } from '@mantine/core'
import { memo, useEffect, useState } from 'react'
import { api } from '../api/client'
import { newID } from '../api/id'
import type { Person } from '../api/types'
import { usePart } from './use-saver'

const beat = 20_000

/** Says that this window has the note open, and hears who else has. */
export function usePresence(id: string): Person[] {
  const [people, setPeople] = useState<Person[]>([])
  useEffect(() => {
    const window = newID()
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking: AbortController | undefined
    let here = false

    async function enter() {
      clearTimeout(timer)
      here = true
      const mine = (asking = new AbortController())
      try {
        const answer = await api('PUT /notes/{id}/presence', { path: { id }, body: { window }, signal: mine.signal, quiet: true })
        if (!mine.signal.aborted) setPeople(answer.people)
      } catch {
        if (!mine.signal.aborted) setPeople([]) // nobody can tell who is there
      }
      // Windows that were opened together do not ask together for long.
      if (!mine.signal.aborted) timer = setTimeout(() => void enter(), beat * (0.85 + 0.3 * Math.random()))
    }
    function leave() {
      clearTimeout(timer)
      asking?.abort()
      if (!here) return
      here = false
      void api('DELETE /notes/{id}/presence/{window}', { path: { id, window }, keepalive: true, quiet: true }).catch(() => {}) // the lease ends by itself
    }
    const look = () => (document.visibilityState === 'hidden' ? leave() : void enter())

    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      leave()
      setPeople([])
    }
  }, [id])
  return people
}

const initials = (name: string) => name.split(/\s+/).filter(Boolean).map((word) => word[0]!.toUpperCase()).slice(0, 2).join('')

/** The others in the note's bar: their initials, and their names in words. */
export const Presence = memo(function Presence() {
  const people = usePresence(usePart(({ note }) => note.id))
  const names = new Intl.ListFormat('en').format(people.map((p) => p.name))
  const words = people.length > 0 ? `${names} ${people.length === 1 ? 'has' : 'have'} this note open` : ''
  return (
    <div className="presence" role="status" data-presence={people.length}>
      {words && (
        <Tooltip label={words} multiline maw={320}>
          <Avatar.Group spacing={6} aria-hidden>
            {people.slice(0, 3).map((p) => <Avatar key={p.id} size={26} radius="xl" variant="filled" color="gray.7">{initials(p.name)}</Avatar>)}
            {people.length > 3 && <Avatar size={26} radius="xl" variant="filled" color="gray.7">+{people.length - 3}</Avatar>}
          </Avatar.Group>
        </Tooltip>
      )}
      {people.length === 1 && <Text size="sm" span aria-hidden className="presence-name">{people[0]!.name}</Text>}
      <span className="visually-hidden">{words}</span>
    </div>
  )
})
