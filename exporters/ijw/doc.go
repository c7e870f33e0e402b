// Package ijw writes the national messages of iJw 3.2: the answer to a declaration (JW325), the declaration of a provider
// without software of its own (JW323), and for trials the assignment (JW301).
//
// A message is written without white space between its elements, in UTF-8. The elements of the message are in the default
// namespace, those of the shared schema have the prefix ijw: so an answer that repeats a whole declaration is hardly
// larger than it. One that is larger than the standard allows is not written at all: [ErrTooLarge].
//
// What is written is valid by the schemas when its fields are: those of a message that was read always are.
package ijw
