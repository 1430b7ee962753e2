// What the library's screens ask the server.
import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type Input } from '../api/client'
import { keyOf, useApi } from '../api/query'
import type { MediaFolder } from '../api/types'
import type { MediaSearch } from '../app/router'

export const sorts = [
  { value: 'newest', label: 'Newest first' }, { value: 'oldest', label: 'Oldest first' }, { value: 'name', label: 'Name' }, { value: 'size', label: 'Largest first' },
]

export const kindLabels: Record<string, string> = { picture: 'Pictures', pdf: 'PDF', sheet: 'Sheets', data: 'Data' }

type Query = NonNullable<Input<'GET /media'>['query']>

const queryOf = (s: MediaSearch): Query => ({
  q: s.q, folder: s.folder, kind: s.kind as Query['kind'], unused: s.unused ? true : undefined,
  sort: s.sort === 'oldest' ? 'newest' : (s.sort as Query['sort']), reverse: s.sort === 'oldest' || undefined, limit: 60,
})

export function useMedia(search: MediaSearch) {
  const query = queryOf(search)
  return useInfiniteQuery({
    queryKey: [...keyOf('GET /media', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /media', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
}

/** Pictures alone, for choosing one. */
export function usePictures(q = '', folder = '', limit = 40) {
  const query = { q: q || undefined, folder: folder || undefined, limit }
  return useInfiniteQuery({
    queryKey: [...keyOf('GET /pictures', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /pictures', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
}

export const useFolders = () => useApi('GET /media-folders', undefined, { staleTime: 30_000 })

export interface Branch { folder: MediaFolder; depth: number; path: string }

/** Folders as a tree, laid out line by line. */
export function branches(folders: MediaFolder[], parent = '', depth = 0, above = ''): Branch[] {
  return folders.filter((f) => (f.parent ?? '') === parent).flatMap((folder) => {
    const path = above ? `${above} / ${folder.name}` : folder.name
    return [{ folder, depth, path }, ...branches(folders, folder.id, depth + 1, path)]
  })
}

/** Choices for a select; none comes first. */
export const folderChoices = (folders: MediaFolder[], none = 'No folder') =>
  [{ value: 'none', label: none }, ...branches(folders).map((b) => ({ value: b.folder.id, label: b.path }))]

/** The name under which dragged pictures travel inside the desk. */
export const dragType = 'application/x-lighttrends-pictures'
