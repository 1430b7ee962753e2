// Letters to the firm.
import { Anchor, Group, Text } from '@mantine/core'
import { useApi } from '../api/query'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'

export function Leads() {
  const leads = useApi('GET /leads', { query: { limit: 200 } })
  return (
    <Page title="Letters" lead="What readers wrote to the firm, the newest first.">
      <Loaded query={leads}>
        {({ leads }) => leads.length === 0 ? <Empty title="No letter yet"><p>They come from the contact page and from the foot of notes.</p></Empty> : (
          <div className="panel rows">
            {leads.map((l) => (
              <article key={l.id} className="panel-pad">
                <Group justify="space-between" gap="xs">
                  <Text fw={600}>{l.subject || 'Without a subject'}</Text>
                  <Text size="sm" c="dimmed" component="time" dateTime={l.created_at} title={dateTime(l.created_at)}>{ago(l.created_at)}</Text>
                </Group>
                <Text size="sm">{l.name}{l.company && `, ${l.company}`}, <Anchor href={`mailto:${l.email}?subject=${encodeURIComponent('Re: ' + l.subject)}`} inherit>{l.email}</Anchor></Text>
                <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>{l.message}</Text>
                {l.page && <Text size="xs" c="dimmed" mt="xs">Written on {l.page}</Text>}
              </article>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  )
}
