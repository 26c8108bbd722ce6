package io.mainstay.redis.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code string.dump} of Lua 5.1 writes, as far as it tells which globals a chunk reads or sets. */
final class LuaChunk {

    private static final byte[] HEADER = {0x1b, 'L', 'u', 'a', 0x51, 0, 1, 4, 8, 4, 8, 0};
    private static final int OPCODE_BITS = 6;
    private static final int CONSTANT_SHIFT = 14;
    private static final int GET_GLOBAL = 5;
    private static final int SET_GLOBAL = 7;

    private final ByteBuffer bytes;
    private final Set<String> globals = new TreeSet<>();

    private LuaChunk(byte[] dumped) {
        bytes = ByteBuffer.wrap(dumped).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Set<String> globalsOf(byte[] dumped) {
        LuaChunk chunk = new LuaChunk(dumped);
        byte[] header = new byte[HEADER.length];
        chunk.bytes.get(header);
        if (!ByteBuffer.wrap(header).equals(ByteBuffer.wrap(HEADER))) {
            throw new IllegalArgumentException("not Lua 5.1 of a 64-bit machine");
        }
        chunk.readFunction();
        return chunk.globals;
    }

    private void readFunction() {
        readString();
        skip(2 * Integer.BYTES + 4);
        List<Integer> code = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            code.add(bytes.getInt());
        }
        List<String> constants = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            constants.add(readConstant());
        }
        for (int instruction : code) {
            int opcode = instruction & (1 << OPCODE_BITS) - 1;
            if (opcode == GET_GLOBAL || opcode == SET_GLOBAL) {
                globals.add(constants.get(instruction >>> CONSTANT_SHIFT));
            }
        }
        for (int left = bytes.getInt(); left > 0; left--) {
            readFunction();
        }
        skipDebugging();
    }

    private void skipDebugging() {
        skip(Integer.BYTES * bytes.getInt());
        for (int left = bytes.getInt(); left > 0; left--) {
            readString();
            skip(2 * Integer.BYTES);
        }
        for (int left = bytes.getInt(); left > 0; left--) {
            readString();
        }
    }

    private String readConstant() {
        int type = bytes.get();
        return switch (type) {
            case 0 -> "nil";
            case 1 -> String.valueOf(bytes.get());
            case 3 -> String.valueOf(bytes.getDouble());
            case 4 -> readString();
            default -> throw new IllegalArgumentException("a constant of type " + type);
        };
    }

    private String readString() {
        byte[] text = new byte[(int) bytes.getLong()];
        bytes.get(text);
        return new String(text, 0, Math.max(0, text.length - 1), StandardCharsets.UTF_8);
    }

    private void skip(int count) {
        bytes.position(bytes.position() + count);
    }
}
