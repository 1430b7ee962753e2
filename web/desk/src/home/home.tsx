// The first screen: what waits for me, what comes next, what was changed last.
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Input } from '../api/client'
import { useApi } from '../api/query'
import { useMay, useMe } from '../api/session'
import type { CalendarEntry } from '../api/types'
import { SharedAccounts } from '../members/sharing'
import { newNote } from '../notes/new-note'
import { StatusBadge } from '../notes/status'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'

export function Home() {
  const me = useMe()
  const may = useMay()
  const navigate = useNavigate()
  return (
    <Page title="The desk" lead={`Good to see you, ${me.name.split(' ')[0]}.`}
      actions={may('notes.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void newNote(navigate)}>New note</Button>}>
      {may('notes.review') && <Notes title="For you to review" query={{ review: 'open', reviewer: 'me', limit: 10 }} />}
      <Scheduled />
      <SharedAccounts />
      <Notes title="Changed last" query={{ limit: 10 }} empty={<Empty title="No note yet"><p>The first one starts with a title.</p></Empty>} />
    </Page>
  )
}

const coming: Record<CalendarEntry['action'], string> = { publish: 'Publication', update: 'Update', retract: 'Retraction' }

/** What happens next by itself: to new notes and to those that are out. */
function Scheduled() {
  const may = useMay()
  const next = useApi('GET /calendar/next', { query: { limit: 10 } }, { enabled: may('notes.read') })
  if (!next.isLoadingError && !next.data?.entries.length) return null
  return (
    <section aria-label="Scheduled">
      <h2>Scheduled</h2>
      <Loaded query={next}>
        {({ entries }) => (
          <div className="panel rows">
            {entries.map((e) => (
              <div key={e.note.id + e.action} className="panel-pad home-row">
                <Link to="/notes/$id" params={{ id: e.note.id }} className="shy">{e.note.title}</Link>
                <span className="nowrap"><span className="status" data-status={e.action === 'retract' ? 'retracted' : 'scheduled'}>{coming[e.action]}</span> <time className="dim" dateTime={e.instant}>{dateTime(e.instant)}</time></span>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}

interface Props {
  title: string
  query: NonNullable<Input<'GET /notes'>['query']>
  empty?: ReactNode
}

/** A list under its heading; without a word for emptiness there is none when nothing is in it. */
function Notes({ title, query, empty }: Props) {
  const may = useMay()
  const notes = useApi('GET /notes', { query }, { enabled: may('notes.read') })
  if (!empty && !notes.isLoadingError && !notes.data?.notes.length) return null
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Loaded query={notes}>
        {({ notes }) => notes.length === 0 ? empty : (
          <div className="panel rows">
            {notes.map((n) => (
              <div key={n.id} className="panel-pad home-row">
                <Link to="/notes/$id" params={{ id: n.id }} className="shy">{n.title}</Link>
                <span className="nowrap"><StatusBadge note={n} /> <span className="dim">{ago(n.updated_at)}</span></span>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}
