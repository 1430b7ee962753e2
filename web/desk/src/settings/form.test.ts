import { describe, expect, it } from 'vitest'
import { changes } from '../ui/draft'
import { trimmed, type Form } from './form'

const form: Form = {
  name: 'The Letter', tagline: '', about: '', logo: '', logo_dark: '', accent: '', type: 'serif', home: 'issue', language: 'en', footer: [], social: [], time_zone: 'UTC', contact: { headline: '', text: '', lines: [], email: '', phone: '' },
  benefits: [], notice: '', navigation: [], pages: [], four_eyes: false, require_second_factor: false, member_sessions: 0, member_passwords: false, sharing_networks: 6, sharing_copies: 40,
  refuse_ai_crawlers: false, company_domains: [], shared_notes: 0, share_openings: 3, share_days: 7,
}

describe('settings', () => {
  it('send only what somebody changed', () => {
    expect(changes(form, form)).toEqual({})
    expect(changes({ ...form, accent: '#7a0019', contact: { ...form.contact } }, form)).toEqual({ accent: '#7a0019' })
    expect(changes({ ...form, contact: { ...form.contact, phone: '1' } }, form)).toEqual({ contact: { ...form.contact, phone: '1' } })
  })
  it('drop empty lines', () => {
    expect(trimmed([' a ', '', 'b'])).toEqual(['a', 'b'])
  })
})
