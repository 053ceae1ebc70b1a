/** Breaks while it is drawn, so that one can see that only its own field is lost. */
export default function DemoThrows(): never {
  throw new Error('the demo widget is broken on purpose');
}
