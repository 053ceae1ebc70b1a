/**
 * Words of everyday Chinese that almost any complaint may hold, whatever it is about: how often they are said cannot be told from the terms of a catalog, in which some of them are rare.
 * Language alone, no matters: what a catalog calls so still counts, only less.
 *
 * @see Source: our own list.
 */
export const commonWords: readonly string[] = (
  '没有 没人 没给 没来 不管 不给 不了 不到 不能 不让 不好 一直 一个 已经 现在 今天 昨天 每天 天天 晚上 早上 半夜 深夜 特别 非常 太多 总是 经常 怎么 什么 怎样 为什么 需要 想要 希望 请问 咨询 反映 投诉 举报 建议 处理 解决 要求 '
  + '我们 我家 他们 你们 自己 家里 有人 别人 孩子 老人 小孩 大人 居民 市民 群众 打电话 电话 手机 问题 情况 时候 时间 地方 附近 旁边 门口 路边 马路 小区 到处 办理 材料 公司 单位 收了 多次 几天 一年 半年 很多 还是 就是 可是 因为 所以 这个 那个 这里 那里 '
  + '能不能 是不是 有没有 可不可以 可以 应该 知道 觉得 认为 以后 以前 之后 之前 当时 最近 突然 后来 刚刚 马上 明天 昨天 前天 白天 夜里 下午 上午 中午 几个 多少 好多 许多 不少 全部 都是 不是 还有 而且 不知 找不到 看到 听到 说是 出来 下来 起来 进去 出去 回来 过来 东西 事情 大家 人家 对方 本人'
).split(' ');
