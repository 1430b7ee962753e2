// What appears when: a month at a time. What is planned can be dragged to
// another day, or moved by its button.
import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../api/query'
import { useMay } from '../api/session'
import type { CalendarEntry } from '../api/types'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { MoveDialog } from './move'
import { dayName, daysOf, monthName, moved, shift, todayIn } from './month'
import './calendar.css'

export type Move = { entry: CalendarEntry; at: string }
const words: Record<CalendarEntry['action'], string> = { publish: 'publish', update: 'update', retract: 'retract' }

export function Calendar() {
  const search = useSearch({ from: '/inside/calendar' })
  const navigate = useNavigate()
  const settings = useApi('GET /settings', undefined, { staleTime: 300_000 })
  const today = todayIn(settings.data?.time_zone ?? 'UTC')
  const month = search.month ?? today.slice(0, 7)
  const calendar = useApi('GET /calendar', { query: { month } })
  const narrow = useMediaQuery('(max-width: 48em)')
  const [move, setMove] = useState<Move>()
  const go = (m: string) => void navigate({ to: '/calendar', search: { month: m } })
  return (
    <Page title={monthName(month)} lead={settings.data && `On the clocks of ${settings.data.time_zone.replaceAll('_', ' ')}`} actions={(
      <Group gap="xs">
        <ActionIcon size={36} variant="default" aria-label="The month before" onClick={() => go(shift(month, -1))}><IconChevronLeft size={18} /></ActionIcon>
        <Button variant="default" onClick={() => go(today.slice(0, 7))}>This month</Button>
        <ActionIcon size={36} variant="default" aria-label="The month after" onClick={() => go(shift(month, 1))}><IconChevronRight size={18} /></ActionIcon>
      </Group>
    )}>
      <Loaded query={calendar} rows={6}>
        {(c) => (
          <>
            {c.truncated && <Text size="sm" c="var(--desk-warn)" mb="sm">There is more in this month than can be shown here.</Text>}
            {narrow ? <Agenda entries={c.entries} onMove={setMove} /> : <Grid month={month} today={today} entries={c.entries} onMove={setMove} />}
          </>
        )}
      </Loaded>
      {move && <MoveDialog move={move} onClose={() => setMove(undefined)} />}
    </Page>
  )
}

const on = (entries: CalendarEntry[], day: string) => entries.filter((e) => e.at.startsWith(day))

function Grid({ month, today, entries, onMove }: { month: string; today: string; entries: CalendarEntry[]; onMove: (m: Move) => void }) {
  const [over, setOver] = useState('')
  const [dragged, setDragged] = useState<CalendarEntry>()
  const weeks = daysOf(month)
  return (
    <table className="calendar">
      <thead><tr>{['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((d) => <th key={d} scope="col" abbr={d}>{d.slice(0, 3)}</th>)}</tr></thead>
      <tbody>
        {Array.from({ length: weeks.length / 7 }, (_, w) => (
          <tr key={w}>
            {weeks.slice(w * 7, w * 7 + 7).map((day) => (
              <td key={day} data-other={!day.startsWith(month) || undefined} data-today={day === today || undefined} data-over={over === day || undefined}
                onDragOver={(e) => { if (dragged && day >= today) { e.preventDefault(); setOver(day) } }} onDragLeave={() => setOver('')}
                onDrop={(e) => {
                  e.preventDefault()
                  setOver('')
                  if (dragged && !dragged.at.startsWith(day)) onMove({ entry: dragged, at: moved(dragged.at, day) })
                }}>
                <span className="day" aria-label={dayName(day)}>{Number(day.slice(8))}</span>
                {on(entries, day).map((e) => <Entry key={e.note.id + e.action + e.instant} entry={e} onMove={onMove} onDrag={setDragged} />)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Agenda({ entries, onMove }: { entries: CalendarEntry[]; onMove: (m: Move) => void }) {
  const days = [...new Set(entries.map((e) => e.at.slice(0, 10)))]
  if (days.length === 0) return <Empty title="Nothing in this month" />
  return days.map((day) => (
    <section key={day}>
      <h2>{dayName(day)}</h2>
      {on(entries, day).map((e) => <Entry key={e.note.id + e.action + e.instant} entry={e} onMove={onMove} />)}
    </section>
  ))
}

function Entry({ entry: e, onMove, onDrag }: { entry: CalendarEntry; onMove: (m: Move) => void; onDrag?: (e?: CalendarEntry) => void }) {
  const may = useMay()
  const planned = e.state === 'scheduled'
  const movable = planned && may(e.action === 'retract' ? 'notes.retract' : 'notes.publish')
  return (
    <div className="entry" data-state={e.state} data-action={e.action} draggable={movable && !!onDrag} onDragStart={(ev) => { ev.dataTransfer.setData('text/plain', e.note.title); ev.dataTransfer.effectAllowed = 'move'; onDrag?.(e) }} onDragEnd={() => onDrag?.(undefined)}>
      <Link to="/notes/$id" params={{ id: e.note.id }} draggable={false} className="shy">{e.note.title}</Link>
      <span className="entry-at">
        <time dateTime={e.instant}>{e.at.slice(11)}</time> {planned ? words[e.action] : e.action === 'publish' ? 'published' : e.action === 'update' ? 'updated' : 'retracted'}
        {movable && <button type="button" className="entry-move" aria-label={`Move “${e.note.title}”`} onClick={() => onMove({ entry: e, at: e.at })}>Move</button>}
      </span>
    </div>
  )
}
