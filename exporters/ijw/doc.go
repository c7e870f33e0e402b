// Package ijw writes the national messages of iJw 3.2: the answer to a declaration (JW325), the declaration of a provider
// without its own software (JW323), and for trials the assignment (JW301).
//
// A message is written in UTF-8 without white space between its elements. The elements of the message are in the default
// namespace, those of the shared schema have the prefix ijw: so an answer, which repeats a whole declaration, is hardly
// larger than it. A message that is larger than the standard allows is not written: see [ErrTooLarge].
//
// What is written is valid by the schemas if its fields are; those of a message that was read always are.
package ijw
