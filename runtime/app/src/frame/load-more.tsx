import {Button} from 'antd';

/** What a list that comes in pages tells of itself; the answer of `useInfiniteQuery` fits. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** The button under a list that has another page; nothing where it has none. A page that does not come is told by the list's own error. */
export function LoadMore({pages, words}: {readonly pages: Pages; readonly words: string}) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="app-more">
      <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>{words}</Button>
    </div>
  );
}
