// SPDX-License-Identifier: MIT
// About: a power of two of the next order
@@
expression E;
@@
 BIT(
-E
+(E) + 1
 )
