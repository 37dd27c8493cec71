import { maven } from './jvm/surefire.ts'
import type { Tool } from './tool.ts'

/** Every tool whose results are read. To add one: a file beside its family, a test with its true output, a line here. */
export const tools: readonly Tool[] = [maven]
