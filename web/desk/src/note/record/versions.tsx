// The versions readers saw, with what changed and the notices.
import { Anchor, Badge, Group, Text } from '@mantine/core'
import { useApi } from '../../api/query'
import { Empty, Loaded } from '../../ui/states'
import { dateTime } from '../../ui/time'
import { useSnapshot } from '../use-saver'

const words: Record<string, string> = { '': 'first', silent: 'silent', minor: 'minor', major: 'correction' }

export function Versions() {
  const { note } = useSnapshot()
  const versions = useApi('GET /notes/{id}/versions', { path: { id: note.id } })
  return (
    <Loaded query={versions} rows={3}>
      {({ versions }) => versions.length === 0 ? <Empty title="Not published yet"><p>Each publication becomes a version that can be cited.</p></Empty> : (
        <div className="panel rows">
          {versions.map((v) => (
            <div key={v.version} className="panel-pad">
              <Group gap="xs"><Anchor href={v.url} target="_blank" size="sm" fw={600}>Version {v.version}</Anchor><Badge color={v.change === 'major' ? 'yellow' : 'gray'}>{words[v.change]}</Badge>{v.live && <Badge color="teal">readers see this one</Badge>}</Group>
              {v.notice && <Text size="sm" mt={4}>“{v.notice}”</Text>}
              <Text size="xs" c="dimmed" mt={4}>{dateTime(v.published_at)}, by {v.published_by.name}, revision {v.revision}</Text>
            </div>
          ))}
        </div>
      )}
    </Loaded>
  )
}
