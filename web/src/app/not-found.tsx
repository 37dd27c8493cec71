import { Anchor } from '../kit/anchor.tsx'
import { Page } from '../kit/page.tsx'

export function NotFound() {
  return (
    <Page title="Not found" heading="There is no such page">
      <p>
        The address may be mistyped. What needs you is on <Anchor to="/">Now</Anchor>.
      </p>
    </Page>
  )
}
