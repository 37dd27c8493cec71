import type { NowView } from '../../../src/contract/views.ts'
import { useNow } from '../api/queries.ts'
import { Band } from '../kit/band.tsx'
import { Empty } from '../kit/empty.tsx'
import { Loaded } from '../kit/loaded.tsx'
import { Page } from '../kit/page.tsx'
import { Rows } from '../kit/rows.tsx'
import { isHealthy } from './healthy.ts'
import { MendingRow } from './mending-row.tsx'
import { keyOf, NeedRow } from './need-row.tsx'
import { Pipelines } from './pipelines.tsx'

/** Is anything broken, is it mine, is it being mended? */
export function NowPage() {
  return <Loaded query={useNow()}>{(now) => <Now now={now} />}</Loaded>
}

function Now({ now }: { now: NowView }) {
  const healthy = now.pipelines.filter(({ seam }) => isHealthy(seam)).length
  return (
    <Page title="Now" heading={now.sentence}>
      <Band name="Needs you" meaning="waiting" count={now.needsYou.length}>
        {now.needsYou.length === 0 ? (
          <Empty>
            Nothing waits for a person. Approvals, incidents and failures that only an author can mend appear here.
          </Empty>
        ) : (
          <Rows>
            {now.needsYou.map((need) => (
              <NeedRow key={keyOf(need)} need={need} />
            ))}
          </Rows>
        )}
      </Band>
      <Band name="Mending now" meaning="mending" count={now.mending.length}>
        {now.mending.length === 0 ? (
          <Empty>
            Nothing is being mended. A failure appears here while it is read, decided on, acted upon and proven.
          </Empty>
        ) : (
          <Rows>
            {now.mending.map((healing) => (
              <MendingRow key={healing.id} healing={healing} />
            ))}
          </Rows>
        )}
      </Band>
      <Band name="Healthy" meaning="healthy" count={`${healthy} of ${now.pipelines.length}`}>
        {now.pipelines.length === 0 ? (
          <Empty command="npm run up">
            No run has been seen yet. Every pipeline appears here with its seam as soon as one runs. To see the story of
            the sample shop:
          </Empty>
        ) : (
          <Pipelines lines={now.pipelines} />
        )}
      </Band>
    </Page>
  )
}
