// How the note looks in a search result and as a shared link.
import { Text } from '@mantine/core'
import { useApi } from '../../api/query'
import { usePart } from '../use-saver'

export function SocialCard() {
  const local = usePart(({ local: { body: _, ...rest } }) => rest)
  const url = usePart(({ note }) => note.url)
  const cover = useApi('GET /pictures/{id}', { path: { id: local.cover } }, { enabled: !!local.cover, staleTime: 300_000 })
  const publication = useApi('GET /publication', undefined, { staleTime: 300_000 })
  const title = local.seo_title.trim() || local.title || 'Untitled'
  const description = local.seo_description.trim() || local.abstract
  const host = url.replace(/^https?:\/\//, '').split('/')[0]
  return (
    <>
      <figure className="preview" aria-label="In a search result">
        <Text size="xs" c="dimmed">{host} › notes › {local.slug}</Text>
        <Text size="md" c="var(--mantine-color-anchor)" lineClamp={1}>{title}{publication.data && ` · ${publication.data.name}`}</Text>
        <Text size="sm" lineClamp={2}>{description || 'Without a description, search engines take what they like.'}</Text>
      </figure>
      <figure className="preview card" aria-label="As a shared link">
        {cover.data && <img src={cover.data.url} alt={local.cover_alt} />}
        <div>
          <Text size="xs" c="dimmed">{host}</Text>
          <Text fw={600} size="sm" lineClamp={2}>{title}</Text>
          <Text size="xs" lineClamp={2}>{description}</Text>
        </div>
      </figure>
    </>
  )
}
