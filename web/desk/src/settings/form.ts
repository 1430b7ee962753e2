// What a form of settings holds, and what of it is to be sent.
import type { Settings, SettingsChange } from '../api/types'

/** The settings without what only the server says. */
export type Form = Required<SettingsChange>
export type Set = <K extends keyof Form>(field: K, value: Form[K]) => void

export function formOf(s: Settings): Form {
  const { name, tagline, about, logo, logo_dark, accent, type, home, language, footer, social, time_zone, contact, benefits, notice, navigation, pages, four_eyes, require_second_factor, member_sessions, member_passwords, sharing_networks, sharing_copies, refuse_ai_crawlers, company_domains, shared_notes, share_openings, share_days } = s
  return { name, tagline, about, logo, logo_dark, accent, type, home, language, footer, social, time_zone, contact, benefits, notice, navigation, pages, four_eyes, require_second_factor, member_sessions, member_passwords, sharing_networks, sharing_copies, refuse_ai_crawlers, company_domains, shared_notes, share_openings, share_days }
}

/** Lines of a text field; empty ones only while it is being typed. */
export const linesOf = (text: string): string[] => text.split('\n')
export const trimmed = (lines: string[]): string[] => lines.map((l) => l.trim()).filter(Boolean)
