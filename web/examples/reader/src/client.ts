// The two clients: one reads notes, one knows who reads. With the member given to
// it, the first asks for every note as that member.
import { createContentClient, createMember } from '@lighttrends/sdk'

declare const __LIGHTTRENDS__: { url: string; key: string }

export const server = __LIGHTTRENDS__
export const member = createMember({ ...server, storage: localStorage, returnTo: `${location.origin}/sign-in` })
export const content = createContentClient({ ...server, member })
