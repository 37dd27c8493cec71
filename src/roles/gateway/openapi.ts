import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AutonomyChange, WithReason } from '../../contract/requests.ts'
import * as views from '../../contract/views.ts'

/** Must be called before any route: it listens to what is registered after it. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  // Only what bodies are made of: parameters must be written out, the plug-in cannot follow their names.
  nameSchemas({ ...views, AutonomyChange, WithReason })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Mendline',
        version: '1',
        description:
          'The delivery line that mends itself. Sign in by the link that `mendline up` prints, or send its token as a bearer token.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'mendline' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

export function openApiRoute(api: FastifyInstance): void {
  api.get('/v1/openapi.json', { schema: { summary: 'This description' } }, async () => api.swagger())
}

/** A schema is called in the description what it is called in the contract. */
function nameSchemas(schemas: Readonly<Record<string, unknown>>): void {
  for (const [id, schema] of Object.entries(schemas)) {
    if (schema instanceof z.ZodType && !z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id })
  }
}
