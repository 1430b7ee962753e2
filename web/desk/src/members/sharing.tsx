// Accounts that look as if several people used them.
import { Link } from '@tanstack/react-router'
import { useApi } from '../api/query'
import { useMay } from '../api/session'
import type { SharingSign } from '../api/types'
import { Loaded } from '../ui/states'
import { ago } from '../ui/time'

/** What was seen, in words. */
export function signText({ networks, copies }: SharingSign): string {
  const seen = [networks > 0 && `used from ${networks} networks`, copies > 0 && `${copies} PDF copies taken`]
  const text = seen.filter(Boolean).join(' and ') + ' within a day'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Those of the last month, for the first screen; nothing when there are none. */
export function SharedAccounts() {
  const may = useMay()
  const shared = useApi('GET /shared-accounts', {}, { enabled: may('members.read') })
  if (!shared.isLoadingError && !shared.data?.accounts.length) return null
  return (
    <section aria-label="Accounts that may be shared">
      <h2>Accounts that may be shared</h2>
      <Loaded query={shared}>
        {({ accounts }) => (
          <div className="panel rows">
            {accounts.map(({ member, sharing }) => (
              <div key={member.id} className="panel-pad home-row">
                <Link to="/members/$id" params={{ id: member.id }} className="shy">{member.name || member.email}</Link>
                <span><span className="dim">{signText(sharing)}, {ago(sharing.at)}</span></span>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}
