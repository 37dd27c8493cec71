/**
 * The event log: what happened, in the order in which it became true, for ever. It knows no one who reads it.
 * Rooms come in by this door.
 */
// biome-ignore-start lint/performance/noBarrelFile: the door of a room, each name written out
export { append } from './append.ts'
export { type DeadEvent, listDead, sendAgain } from './dead.ts'
export { type ReaderLag, readerLags } from './memory.ts'
export { find, type PageQuery, page } from './page.ts'
export { createReader, type Reader, type ReaderOptions } from './reader.ts'
export { createTail, type EventHead, type Tail, type TailMessage } from './tail.ts'
// biome-ignore-end lint/performance/noBarrelFile: the door of a room, each name written out
