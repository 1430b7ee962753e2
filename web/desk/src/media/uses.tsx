// Where a picture is shown, and what it was before.
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Answer } from '../api/client'
import type { Place } from '../api/types'
import { size } from '../ui/size'
import { Loaded } from '../ui/states'
import { date } from '../ui/time'

/** What a place is, in words. */
export function placeWords(p: Place): string {
  if (p.kind === 'issue') return p.live ? 'issue, published' : 'issue'
  if (p.kind === 'publication') return 'on every page'
  const words = [p.live && 'published', p.draft && 'draft']
  if (p.versions.length) words.push(p.versions.length === 1 ? `version ${p.versions[0]}` : `versions ${[...p.versions].reverse().join(', ')}`)
  if (p.earlier) words.push(`${p.earlier} earlier ${p.earlier === 1 ? 'revision' : 'revisions'}`)
  return words.filter(Boolean).join(', ')
}

function Place({ place: p }: { place: Place }) {
  const title = p.title || 'Untitled'
  if (p.kind === 'note') return <Anchor component={Link} to="/notes/$id" params={{ id: p.id! } as never} inherit>{title}</Anchor>
  if (p.kind === 'issue') return <Anchor component={Link} to="/issues/$id" params={{ id: p.id! } as never} inherit>{title}</Anchor>
  return <Anchor component={Link} to="/settings" inherit>{title}</Anchor>
}

export function Uses({ query }: { query: UseQueryResult<Answer<'GET /pictures/{id}/uses'>> }) {
  return (
    <section aria-labelledby="uses-head">
      <Text id="uses-head" component="h3" size="sm" fw={600}>Where used</Text>
      <Loaded query={query} rows={1}>
        {({ places, editions }) => (
          <>
            {places.length === 0 ? <Text size="sm" c="dimmed">Nowhere. It can be deleted.</Text> : (
              <ul className="uses">{places.map((p) => <li key={p.kind + (p.id ?? '')}><Place place={p} /> <span className="dim">{placeWords(p)}</span></li>)}</ul>
            )}
            {editions.length > 0 && (
              <>
                <Text component="h3" size="sm" fw={600} mt="sm">Before</Text>
                <ul className="uses">{editions.map((e) => <li key={e.edition}><Anchor href={e.src} target="_blank" rel="noreferrer" inherit>Edition {e.edition}</Anchor> <span className="dim">{date(e.at)}{e.by && ` by ${e.by}`}, {e.width} × {e.height}, {size(e.bytes)}</span></li>)}</ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
