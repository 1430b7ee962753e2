// The first screen: what waits for me, what comes next, what was changed last.
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Input } from '../api/client'
import { useApi } from '../api/query'
import { useMay, useMe } from '../api/session'
import type { ListedNote } from '../api/types.gen'
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
      <Notes title="Scheduled" query={{ status: 'scheduled', limit: 200 }} pick={next} />
      <Notes title="Changed last" query={{ limit: 10 }} empty={<Empty title="No note yet"><p>The first one starts with a title.</p></Empty>} />
    </Page>
  )
}

/** When it is to appear. */
const due = (n: ListedNote): string => (n.status === 'scheduled' && n.schedules.find((s) => s.action !== 'retract')?.instant) || ''

/** What appears next; the list comes by the last change. */
const next = (notes: ListedNote[]): ListedNote[] => notes.toSorted((a, b) => Date.parse(due(a)) - Date.parse(due(b))).slice(0, 10)

interface Props {
  title: string
  query: NonNullable<Input<'GET /notes'>['query']>
  pick?: (notes: ListedNote[]) => ListedNote[]
  empty?: ReactNode
}

/** A list under its heading; without a word for emptiness there is none when nothing is in it. */
function Notes({ title, query, pick = (all) => all, empty }: Props) {
  const may = useMay()
  const notes = useApi('GET /notes', { query }, { enabled: may('notes.read') })
  if (!empty && !notes.isLoadingError && !notes.data?.notes.length) return null
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Loaded query={notes}>
        {({ notes }) => notes.length === 0 ? empty : (
          <div className="panel rows">
            {pick(notes).map((n) => (
              <div key={n.id} className="panel-pad home-row">
                <Link to="/notes/$id" params={{ id: n.id }} className="shy">{n.title}</Link>
                <span className="nowrap"><StatusBadge note={n} /> <span className="dim">{due(n) ? dateTime(due(n)) : ago(n.updated_at)}</span></span>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}
